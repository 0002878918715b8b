-- Settings: declared once, checked, kept from one run to the next, in "settings.json".
--
--   settings.declare("volume", { default = 0.8, min = 0, max = 1 })
--   settings.declare("language", { default = "en", choices = { "en", "de" } })
--   settings.on("volume", function(volume) ... end)
--   settings.set("volume", 0.5)
--   local volume = settings.get "volume"
--
-- What was changed is written a second later, and when the game ends.

local check = require "library.check"
local event = require "event"
local json = require "json"
local log = require "log".of "settings"
local save = require "save"

local settings = {}

---@class SettingOptions
---@field default number|string|boolean|table  its type is the setting's
---@field min? number
---@field max? number
---@field integer? boolean      whole numbers only
---@field choices? any[]        nothing else

---@class Setting: SettingOptions
---@field name string
---@field channel string        the event of its changes

local OPTIONS = { "choices", "default", "integer", "max", "min" }
local TYPES = { number = true, string = true, boolean = true, table = true }
local STORE_AFTER = 1

local declared = {} ---@type table<string, Setting>
local order = {} ---@type string[]
local file, opened ---@type SaveFile?, boolean?
local store_in ---@type number?  seconds; nil: nothing was changed

-- ---- what is kept ---------------------------------------------------------------------------

local unsaved = {} -- stands in for the file's data where that cannot be opened

--- The values that differ from the defaults. Those of settings that nobody declares stay in it.
local function values()
   if not opened then
      opened = true
      local why
      file, why = save.open { name = "settings", version = 1 }
      if not file then log:warn("%s; changes will not be kept", why) end
   end
   return file and file.data or unsaved
end

--- Writes what was changed; nil and why if that fails.
---@return boolean? ok
---@return string? why
function settings.store()
   store_in = nil
   values()
   if not file then return nil, "the settings could not be opened" end
   local raised, ok, why = pcall(file.store, file)
   if not raised then ok, why = nil, ok end
   if not ok then log:warn("the settings were not stored: %s", why) end
   return ok, why
end

--- Lets `dt` seconds pass. The host does this.
---@param dt number
function settings.update(dt)
   if not store_in then return end
   store_in = store_in - dt
   if store_in <= 0 then settings.store() end
end

--- The program ends. The host does this.
function settings.quit()
   if store_in then settings.store() end
end

--- What cannot be written into the file would be noticed when nobody knows any more where it came from.
local function check_kept(value, called, parameter)
   local ok, why = pcall(json.encode, value)
   if not ok then check.fail("%s: %s: %s", called, parameter, why) end
end

-- ---- declaring ------------------------------------------------------------------------------

local function is_choice(choices, value)
   for _, choice in ipairs(choices) do
      if choice == value then return true end
   end
   return false
end

--- nil if the value fits, else what was expected.
local function expected(setting, value)
   if type(value) ~= type(setting.default) then return type(setting.default) end
   if setting.choices and not is_choice(setting.choices, value) then
      local words = {}
      for index, choice in ipairs(setting.choices) do words[index] = check.describe(choice) end
      return table.concat(words, ", ")
   end
   if type(value) ~= "number" then return nil end
   local low, high = setting.min or -math.huge, setting.max or math.huge
   if not (value >= low and value <= high) then return ("number from %s to %s"):format(low, high) end
   return setting.integer and value % 1 ~= 0 and "whole number" or nil
end

local function check_options(name, options)
   check.string(name, "settings.declare", "name")
   check.table(options, "settings.declare", "options")
   for key in pairs(options) do
      if not is_choice(OPTIONS, key) then
         local near = check.near(key, OPTIONS)
         check.fail("settings.declare: %s: there is no option %s%s", name, check.describe(key), near)
      end
   end
   local default = options.default
   if not TYPES[type(default)] then
      check.expected(default, "settings.declare", name .. ".default", "number, string, boolean or table")
   end
   local wanted = expected(options, default)
   if wanted then check.expected(default, "settings.declare", name .. ".default", wanted) end
   check_kept(default, "settings.declare", name .. ".default")
end

--- Declares a setting; again: its range and default change. A value that was kept and does not fit is
--- not used.
---@param name string
---@param options SettingOptions
function settings.declare(name, options)
   check_options(name, options)
   if not declared[name] then order[#order + 1] = name end
   local setting = { name = name, channel = "setting " .. name }
   for key, value in pairs(options) do setting[key] = value end
   declared[name] = setting
   local kept = values()[name]
   local wanted = kept ~= nil and expected(setting, kept)
   if wanted then
      log:warn("%s: %s expected, the file has %s: going on with %s", name, wanted, check.describe(kept),
         check.describe(setting.default))
      values()[name] = nil
   end
end

local function find(name, called)
   local found = declared[name or false]
   if found then return found end
   check.fail("%s: there is no setting %s%s; settings.declare makes one", called, check.describe(name),
      check.near(name, order))
end

--- The names of all settings, in the order in which they were declared.
---@return string[]
function settings.names()
   local names = {}
   for index, name in ipairs(order) do names[index] = name end
   return names
end

--- What was declared of a setting: default, min, max, integer, choices. To be read only.
---@param name string
---@return Setting
function settings.describe(name) return find(name, "settings.describe") end

-- ---- values ---------------------------------------------------------------------------------

local function value_of(setting)
   local value = values()[setting.name]
   if value == nil then return setting.default end
   return value
end

--- A setting's value.
---@param name string
---@return any
function settings.get(name) return value_of(find(name, "settings.get")) end

local function change(setting, value)
   local before = value_of(setting)
   values()[setting.name] = value
   store_in = STORE_AFTER
   local now = value_of(setting)
   if now ~= before or type(now) == "table" then event.emit(setting.channel, now, before) end
end

--- Changes a setting, and tells those who listen. A value that does not fit is an error.
---@param name string
---@param value any
function settings.set(name, value)
   local setting = find(name, "settings.set")
   local wanted = expected(setting, value)
   if wanted then check.expected(value, "settings.set", name, wanted) end
   check_kept(value, "settings.set", name)
   change(setting, value)
end

--- Brings a setting back to its default; without a name, all.
---@param name? string
function settings.reset(name)
   for _, each in ipairs(name and { find(name, "settings.reset").name } or order) do change(declared[each], nil) end
end

--- Calls `call` with the new value and the one before, whenever a setting changes.
---@param name string
---@param call fun(value: any, before: any)
---@return Connection
function settings.on(name, call)
   local setting = find(name, "settings.on")
   check.call(call, "settings.on", "call")
   return event.on(setting.channel, call)
end

return settings
