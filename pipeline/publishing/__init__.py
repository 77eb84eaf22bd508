"""What a paper needs of the tables: a data package, figures, citations, certificates, differences."""
