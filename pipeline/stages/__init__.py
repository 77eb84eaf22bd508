"""The stages: one file, one pure function, one DVC stage each; tables in, tables out, no IO."""
