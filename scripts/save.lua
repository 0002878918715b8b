-- Saved games: tables that last, as JSON with a version.
--
--   local progress, why = save.open {
--      name = "progress", version = 2,
--      defaults = { wave = 1, unlocked = {} },
--      migrate = { [1] = function(old) old.unlocked = {} end },      -- from version 1 to 2
--   }
--   progress.data.wave = 5
--   local ok, why = progress:store()
--
-- Nothing that a player has is ever thrown away. What is stored is on the disk as "progress.json.new"
-- before it takes the place of "progress.json", and what that was is kept as "progress.json.old", from
-- which the next start goes on if the newest is damaged; a damaged one is kept as
-- "progress.json.damaged". A save that a newer game made is not opened, and so cannot be overwritten.

local check = require "library.check"
local json = require "json"
local log = require "log".of "save"
local storage = require "storage"

local save = {}

---@class SaveOptions
---@field name string                 a-z, 0-9, _ and -, at most 40
---@field version integer             of what the game writes now, from 1 on
---@field defaults? table             what a new player has, and what fills gaps
---@field migrate? table<integer, fun(old: table): table?>  from that version to the next; changes `old`, or returns another table

---@class SaveFile
---@field data table                  what is saved: strings, numbers, booleans and tables of them
---@field package name string
---@field package file string
---@field package version integer
---@field package defaults table
---@field package damaged boolean     the newest file could not be read
local SaveFile = {}
SaveFile.__index = SaveFile
SaveFile.__name = "save"

local OPTIONS = { name = "string", version = "number", defaults = "table", migrate = "table" }

local function check_options(options)
   check.table(options, "save.open", "options")
   check.options(options, OPTIONS, "save.open")
   local name, version = options.name, options.version
   if not name or #name > 40 or not name:find "^[a-z0-9_-]+$" then
      check.expected(name, "save.open", "name", "1 to 40 of a-z 0-9 _ -")
   end
   if not version or version < 1 or version % 1 ~= 0 then
      check.expected(version, "save.open", "version", "whole number from 1 on")
   end
   for from, step in pairs(options.migrate or {}) do check.call(step, "save.open", ("migrate[%s]"):format(tostring(from))) end
end

-- ---- defaults -------------------------------------------------------------------------------

local function copy(value)
   if type(value) ~= "table" or value == json.null then return value end
   local copied = {}
   if next(value) == nil and getmetatable(value) then json.array(copied) end
   for key, each in next, value do copied[key] = copy(each) end
   return copied
end

--- Gives `data` what it lacks, in tables with names too; lists are taken as they are.
local function fill(data, defaults)
   for key, value in next, defaults do
      if data[key] == nil then
         data[key] = copy(value)
      elseif type(data[key]) == "table" and type(value) == "table" and #value == 0 then
         fill(data[key], value)
      end
   end
end

-- ---- reading --------------------------------------------------------------------------------

local function decode(text)
   local content, why = json.decode(text)
   if content == nil then return nil, why end
   if type(content) ~= "table" or type(content.version) ~= "number" or type(content.data) ~= "table" then
      return nil, "it has no version and data"
   end
   return content
end

--- The content of a file; nil if there is none, and why if there is one that cannot be read.
local function read(file)
   if not storage.exists(file) then return nil end
   local text, why = storage.read(file)
   if not text then return nil, why end
   return decode(text)
end

--- What the file was before it was damaged, or went.
local function read_earlier(file, why)
   local old = file .. ".old"
   local earlier = read(old)
   if why then
      log:warn("%s is damaged (%s): going on %s", file, why, earlier and "with " .. old or "without it")
   elseif earlier then
      log:warn("%s is missing: going on with %s", file, old)
   end
   return earlier
end

--- The newest content that can be read, and whether the file is damaged. A file that is missing was
--- on its way: the game died in store().
local function read_newest(file)
   local content, why = read(file)
   if not content and not why then content = read(file .. ".new") end
   return content or read_earlier(file, why), why ~= nil
end

local function migrate_step(step, data)
   local ok, result = pcall(step, data)
   if not ok then return nil, tostring(result) end
   if result == nil then return data end
   if type(result) == "table" then return result end
   return nil, ("a table expected, it returned %s"):format(type(result))
end

local function migrate(content, options)
   local data = content.data
   for version = content.version, options.version - 1 do
      local step = options.migrate and options.migrate[version]
      if not step then return nil, ("there is no migrate[%s] for it"):format(version) end
      local why
      data, why = migrate_step(step, data)
      if not data then return nil, ("migrate[%s]: %s"):format(version, why) end
   end
   return data
end

local function data_of(content, options)
   if content.version > options.version then
      return nil, ("a newer game made it: it has version %s, this one knows %d"):format(content.version, options.version)
   end
   return migrate(content, options)
end

--- Opens what was saved under a name, brought up to the version of now; a player who has nothing yet
--- gets the defaults. nil and why if what there is cannot be used; it stays as it is.
---@param options SaveOptions
---@return SaveFile? file
---@return string? why
function save.open(options)
   check_options(options)
   local file = options.name .. ".json"
   local content, damaged = read_newest(file)
   local data, why = {}, nil
   if content then data, why = data_of(content, options) end
   if not data then return nil, ("%s: %s"):format(file, why) end
   fill(data, options.defaults or {})
   return setmetatable({
      data = data, name = options.name, file = file, version = options.version, defaults = options.defaults or {},
      damaged = damaged,
   }, SaveFile)
end

-- ---- writing --------------------------------------------------------------------------------

--- Puts the new file in place of the one there was, which is kept as `kept`.
local function rotate(file, kept)
   local existed = storage.exists(file)
   if existed then
      local ok, why = storage.rename(file, kept)
      if not ok then return nil, why end
   end
   local ok, why = storage.rename(file .. ".new", file)
   if not ok and existed then storage.rename(kept, file) end
   return ok, why
end

--- Writes `data`; nil and why if that fails, and then the player has what was stored before.
---@return boolean? ok
---@return string? why
function SaveFile:store()
   if getmetatable(self) ~= SaveFile then check.fail "save: file:store() is called with a colon" end
   check.table(self.data, "save " .. self.name, "data")
   local encoded, text = pcall(json.encode, { version = self.version, data = self.data }, true)
   if not encoded then error(("save %s: %s"):format(self.name, text), 2) end
   local ok, why = storage.write(self.file .. ".new", text)
   if ok then ok, why = rotate(self.file, self.file .. (self.damaged and ".damaged" or ".old")) end
   if ok then self.damaged = false end
   return ok, why
end

--- Makes `data` what a new player has; stored only by store().
function SaveFile:reset() self.data = copy(self.defaults) end

return save
