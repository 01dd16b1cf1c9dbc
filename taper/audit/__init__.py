"""Who in a whole practice is reduced too fast?"""
