mod calls;
mod network;
