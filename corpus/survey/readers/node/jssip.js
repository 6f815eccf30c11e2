const { serve } = require("survey");
const Grammar = require("jssip/lib/Grammar");
serve("jssip", (value) => {
  const told = Grammar.parse(value, "WWW_Authenticate");
  if (told === -1 || Object.keys(told).length === 0) return undefined;
  return { params: Object.entries(told).map(([name, text]) => [name, Array.isArray(text) ? text.join(",") : text]) };
});
