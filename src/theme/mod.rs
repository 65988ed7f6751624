//! The theme: templates (minified once, when loaded), labels, assets, inheritance, filters.
