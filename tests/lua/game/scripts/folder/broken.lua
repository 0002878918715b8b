local line = 1
local function fail()
   error "oops"
end
fail()
