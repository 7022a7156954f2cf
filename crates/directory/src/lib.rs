//! Control-plane records, one handler per resource, routing, number inventory.
