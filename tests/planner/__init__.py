"""The planner: every plan is the best one that its order allows, and every refusal is right."""
