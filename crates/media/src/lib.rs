//! Media without IO: shards, RTP, codecs, players, relay, recorder.
