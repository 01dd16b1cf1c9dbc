"""What tests share: plans made by hand, cases read from data, files broken on purpose."""
