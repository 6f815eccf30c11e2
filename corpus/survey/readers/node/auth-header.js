const { serve } = require("survey");
const { parse } = require("auth-header");
serve("auth-header", (value) => {
  const { scheme, params, token } = parse(value);
  const listed = Object.entries(params).flatMap(([name, text]) => [].concat(text).map((each) => [name, each]));
  return { scheme, token68: Array.isArray(token) ? token.join(" ") : token, params: listed };
});
