//! The call engine: the event/action protocol, legs, action lists, journal, replay.
