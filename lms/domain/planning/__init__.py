"""The programme planner: groups, dates, trainers and rooms for a programme. Pure: no database, clock or settings."""
