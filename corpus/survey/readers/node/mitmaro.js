const { serve } = require("survey");
const { parse } = require("@mitmaro/http-authorization-header");
serve("@mitmaro/http-authorization-header", (value) => {
  const { scheme, value: token68, values } = parse(value);
  const listed = (values || []).flatMap(([name, text]) => [].concat(text).map((each) => [name, each]));
  return { scheme, token68, params: listed };
});
