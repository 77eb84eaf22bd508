"""PlanLens: Chinese development plans into clauses, themes and numeric commitments.

Reading order of the package: `records`, `tables`, `params`, `reading`, `structure`, `commitments`,
`themes`, `comparison`, `stages`, `analysis`, `language`, `cli`.
"""

__version__ = "0.1.0"
