-- One line of text that is being written, with a cursor between its characters.

---@class Line
---@field text string
---@field cursor integer  bytes of the text that stand before it
local Line = {}
Line.__index = Line

local LONGEST = 2000 -- bytes

local line = {}

---@return Line
function line.new() return setmetatable({ text = "", cursor = 0 }, Line) end

--- Whether a byte goes on with a character that began before it.
local function goes_on(byte) return byte and byte >= 128 and byte < 192 end

local function before(text, cursor)
   repeat cursor = cursor - 1 until cursor <= 0 or not goes_on(text:byte(cursor + 1))
   return math.max(0, cursor)
end

local function behind(text, cursor)
   repeat cursor = cursor + 1 until cursor >= #text or not goes_on(text:byte(cursor + 1))
   return math.min(#text, cursor)
end

--- Replaces all of it; the cursor goes to the end.
---@param text string
function Line:set(text) self.text, self.cursor = text, #text end

--- Replaces what lies between two places by `text`; the cursor goes behind it.
---@param first integer bytes before it
---@param last integer
---@param text string
function Line:replace(first, last, text)
   if #self.text - (last - first) + #text > LONGEST then return end
   self.text = self.text:sub(1, first) .. text .. self.text:sub(last + 1)
   self.cursor = first + #text
end

---@param text string
function Line:insert(text) self:replace(self.cursor, self.cursor, (text:gsub("%c", " "))) end

local KEYS = {
   ["key:left"] = function(self) self.cursor = before(self.text, self.cursor) end,
   ["key:right"] = function(self) self.cursor = behind(self.text, self.cursor) end,
   ["key:home"] = function(self) self.cursor = 0 end,
   ["key:end"] = function(self) self.cursor = #self.text end,
   ["key:backspace"] = function(self) self:replace(before(self.text, self.cursor), self.cursor, "") end,
   ["key:delete"] = function(self) self:replace(self.cursor, behind(self.text, self.cursor), "") end,
}

--- Takes a key; returns whether it was one of its own.
---@param key string
---@return boolean
function Line:key(key)
   local does = KEYS[key]
   if does then does(self) end
   return does ~= nil
end

return line
