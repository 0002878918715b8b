-- The least of games.
return {}
