//! SIP without IO: messages, transactions, dialogs, SDP, digest, trunk health.
