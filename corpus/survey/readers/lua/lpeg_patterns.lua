-- lpeg_patterns (of lua-http) behind runner protocol 2: see corpus/survey/README.md.
local http = require "lpeg_patterns.http"
local lpeg = require "lpeg"

local grammar = {
  ["WWW-Authenticate"] = http.WWW_Authenticate,
  ["Authorization"] = lpeg.Ct(http.Authorization),
  ["Authentication-Info"] = lpeg.Cf(lpeg.Ct(true) * http.Authentication_Info, rawset),
}

local function hex(text) return (text:gsub(".", function(each) return ("%02x"):format(each:byte()) end)) end
local function text(word) return word == "-" and "" or (word:gsub("%x%x", function(each) return string.char(tonumber(each, 16)) end)) end

local function params(words, found)
  for name, value in pairs(found) do
    if type(name) == "string" then words[#words + 1] = "n:" .. hex(name) .. " v:" .. hex(value) end
  end
end

-- A challenge is {scheme, parameters}, {scheme, token68} or {scheme}.
local function challenge(words, found)
  words[#words + 1] = "s:" .. hex(found[1])
  if type(found[2]) == "string" then words[#words + 1] = "t:" .. hex(found[2]) end
  if type(found[2]) == "table" then params(words, found[2]) end
end

local function read(field, value)
  local found = {(grammar[field] * -1):match(value)}
  local words = {}
  if type(found[1]) ~= "table" then return words end
  if field == "Authorization" then challenge(words, found[1])
  elseif field == "Authentication-Info" then params(words, found[1])
  else for _, each in ipairs(found) do challenge(words, each) end end
  return words
end

io.stdout:setvbuf("line")
print("protocol 2 " .. (arg[1] or "-"))
for line in io.lines() do
  local number, field, _, values = line:match("^(%S+) (%S+) (%S+) (%S+)$")
  local lines = {}
  for each in values:gmatch("[^,]+") do lines[#lines + 1] = text(each) end
  local good, words = pcall(read, field, table.concat(lines, ", "))
  if good and #words > 0 then print(number .. " read " .. table.concat(words, " ")) else print(number .. " refused") end
end
