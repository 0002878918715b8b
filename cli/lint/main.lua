-- moonpatch lint: the command line.

local host, import, arguments = ...

local api = import "api"
local check = import "check"
local findings = import "findings"
local output = import "output"
local rules = import "rules"
local sources = import "sources"
local suggest = import "suggest"

local OK, FOUND, USAGE = 0, 1, 2 -- MP_EXIT_*

-- ---- options ----------------------------------------------------------------------------------

--- Raised for people who called the command wrongly.
local function misuse(format, ...) error({ misuse = format:format(...) }, 0) end

--- " (did you mean 'name'?)", or nil.
local function meant(name, names) return suggest(name, names):match "^ %(did.*" end

local function add_rules(options, words)
   for name in words:gmatch "[^,%s]+" do
      if not rules.by_name[name] then
         local names = {}
         for index, rule in ipairs(rules.list) do names[index] = rule.name end
         misuse("--disable: there is no rule '%s'%s; see moonpatch lint --rules", name, meant(name, names) or "")
      end
      options.disabled[name] = true
   end
end

local VALUES = {
   ["--against"] = function(options, value) table.insert(options.manifests, value) end,
   ["--disable"] = add_rules,
   ["--global"] = function(options, value) options.globals[value] = true end,
}
local FLAGS = { ["--errors-only"] = "errors_only", ["--json"] = "json", ["--rules"] = "rules" }
local OPTIONS = { "--against", "--disable", "--errors-only", "--global", "--json", "--rules" }

local function parse_options(words)
   local options = { manifests = {}, disabled = {}, globals = {}, paths = {} }
   local index, only_paths = 1, false
   while words[index] do
      local word = words[index]
      if only_paths or word:sub(1, 1) ~= "-" then
         table.insert(options.paths, word)
      elseif word == "--" then
         only_paths = true
      elseif FLAGS[word] then
         options[FLAGS[word]] = true
      elseif VALUES[word] then
         index = index + 1
         VALUES[word](options, words[index] or misuse("%s needs a value; see moonpatch lint --help", word))
      else
         misuse("unknown option '%s'%s", word, meant(word, OPTIONS) or "; see moonpatch lint --help")
      end
      index = index + 1
   end
   return options
end

-- ---- what patches meet ------------------------------------------------------------------------

local function read_manifest(path)
   local text, why = host.read(path)
   if not text then misuse("--against: %s", why) end
   local decoded, fault = host.json_decode(text)
   if not decoded then misuse("--against: %s: %s", path, fault) end
   if type(decoded) ~= "table" or decoded.format ~= api.FORMAT or decoded.version ~= api.VERSION then
      misuse("--against: %s: an API manifest of version %d expected, NAME.api.json as moonpatch-bindgen module writes it", path, api.VERSION)
   end
   return decoded
end

local function read_api(paths)
   if #paths == 0 then misuse "against which API? name its manifest: --against NAME.api.json" end
   local manifests = {}
   for index, path in ipairs(paths) do manifests[index] = read_manifest(path) end
   local ok, described = pcall(api.new, manifests)
   return ok and described or misuse("--against: a manifest is damaged: %s", described)
end

--- The globals of scripts, as a machine of the bridge says: {[name] = true, or a set of members}.
local function read_globals(more)
   local globals = { native = true }
   for path in host.globals():gmatch "%S+" do
      local name, member = path:match "^([^.]+)%.?(.*)$"
      if member == "" then
         globals[name] = globals[name] or true
      else
         if type(globals[name]) ~= "table" then globals[name] = {} end
         globals[name][member] = true
      end
   end
   for name in pairs(more) do globals[name] = true end
   return globals
end

-- -----------------------------------------------------------------------------------------------

local function run(options)
   if options.rules then
      output.rules(rules.list)
      return OK
   end
   if #options.paths == 0 then misuse "which patch? see moonpatch lint --help" end
   local described, globals = read_api(options.manifests), read_globals(options.globals)
   local found, count = findings.new(options.disabled), 0
   for _, path in ipairs(options.paths) do
      sources.each(path, function(source)
         count = count + 1
         if source.problem then
            found:add("unreadable", source.path, {}, source.problem)
         else
            source.api, source.globals = described, globals
            check(source, source.text, found)
         end
      end)
   end
   found:sort()
   output[options.json and "json" or "text"](found, count)
   local complaints = options.errors_only and found.errors or #found.list
   return complaints == 0 and OK or FOUND
end

local ok, result = pcall(function() return run(parse_options(arguments)) end)
if ok then return result end
if type(result) ~= "table" or not result.misuse then error(result, 0) end
return USAGE, result.misuse
