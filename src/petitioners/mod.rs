//! 信访人: one record a person or organisation; found again, merged, masked, revealed.
