-- Whether bytes are UTF-8 (RFC 3629, section 4), and making them so.

local utf8 = {}

-- The well-formed sequences.
local SEQUENCES = {
   "^[%z\1-\127]+",
   "^[\194-\223][\128-\191]",
   "^\224[\160-\191][\128-\191]",
   "^[\225-\236\238\239][\128-\191][\128-\191]",
   "^\237[\128-\159][\128-\191]",
   "^\240[\144-\191][\128-\191][\128-\191]",
   "^[\241-\243][\128-\191][\128-\191][\128-\191]",
   "^\244[\128-\143][\128-\191][\128-\191]",
}

local function sequence_end(text, position)
   for _, sequence in ipairs(SEQUENCES) do
      local _, last = text:find(sequence, position)
      if last then return last end
   end
end

--- The position of the first byte that starts no well-formed sequence; nil if there is none.
function utf8.first_invalid(text)
   local position = 1
   while position <= #text do
      local last = sequence_end(text, position)
      if not last then return position end
      position = last + 1
   end
end

local REPLACEMENT = "\239\191\189"

--- At most `limit` bytes of a text, cut between two characters; bytes that are no UTF-8 become U+FFFD.
function utf8.clean(text, limit)
   local parts, position = {}, 1
   local shortened = text:sub(1, limit)
   while position <= #shortened do
      local last = sequence_end(shortened, position)
      local is_cut = not last and #text > limit and position > limit - 3
      if is_cut then break end
      parts[#parts + 1] = last and shortened:sub(position, last) or REPLACEMENT
      position = (last or position) + 1
   end
   return table.concat(parts)
end

return utf8
