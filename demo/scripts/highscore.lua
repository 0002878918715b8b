--- The table of the best scores, kept from one run of the game to the next.

local save = require "save"

local highscore = {}

---@class Score
---@field score integer
---@field wave integer
---@field name string   three letters

--- How many there are in the table.
highscore.ROOM = 8

local file, entries ---@type SaveFile?, Score[]?

local function is_score(entry)
   return type(entry) == "table" and type(entry.score) == "number" and entry.score >= 1 and entry.score < 2 ^ 53
      and entry.score % 1 == 0 and type(entry.wave) == "number" and entry.wave >= 1 and entry.wave < 1e6
      and type(entry.name) == "string" and entry.name:match "^[A-Z ][A-Z ][A-Z ]$" ~= nil
end

local function by_score(a, b) return a.score > b.score end

--- The scores that a list tells of, the best first; what is no score is left out.
---@param list any
---@return Score[]
function highscore.parse(list)
   local scores = {}
   for _, entry in ipairs(type(list) == "table" and list or {}) do
      if is_score(entry) then
         scores[#scores + 1] = { score = entry.score, wave = math.floor(entry.wave), name = entry.name }
      end
   end
   table.sort(scores, by_score)
   for index = #scores, highscore.ROOM + 1, -1 do scores[index] = nil end
   return scores
end

--- All of them, the best first. To be read only.
---@return Score[]
function highscore.all()
   if entries then return entries end
   local why
   file, why = save.open { name = "highscores", version = 1, defaults = { scores = {} } }
   if not file then print("the high scores are not kept: " .. why) end
   entries = highscore.parse(file and file.data.scores)
   return entries
end

--- The best score so far; 0 before the first game.
---@return integer
function highscore.best()
   local first = highscore.all()[1]
   return first and first.score or 0
end

--- The place that a score would have in the table, from 1; nil: it is not good enough.
---@param score integer
---@return integer?
function highscore.place(score)
   local all = highscore.all()
   for place = 1, highscore.ROOM do
      if score > (all[place] and all[place].score or 0) then return place end
   end
end

--- Puts a score into the table; returns its place, nil if it is not good enough.
---@param score integer
---@param wave integer
---@param name string three letters
---@return integer?
function highscore.offer(score, wave, name)
   local place = highscore.place(score)
   if not place then return nil end
   local all = highscore.all()
   table.insert(all, place, { score = score, wave = wave, name = name })
   all[highscore.ROOM + 1] = nil
   highscore.store()
   return place
end

--- Keeps the table.
function highscore.store()
   if not file then return end
   file.data.scores = entries
   local ok, why = file:store()
   if not ok then print("the high scores are not kept: " .. why) end
end

return highscore
