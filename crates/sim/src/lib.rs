//! A simulated world: virtual network, phones, trunks, functions, disk, faults, checkers.
