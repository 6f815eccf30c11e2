const { serve } = require("survey");
const sip = require("sip");
const unquote = (text) => (text[0] === '"' ? text.slice(1, -1).replace(/\\(.)/gs, "$1") : text);
serve("sip", (value, field, lines) => {
  const message = sip.parse(["SIP/2.0 401 Unauthorized", ...lines.map((line) => `${field}: ${line}`), "", ""].join("\r\n"));
  const told = [].concat((message && message.headers[field.toLowerCase()]) || []);
  return told.map(({ scheme, ...params }) => ({
    scheme,
    params: Object.entries(params).map(([name, text]) => [name, unquote(text)]),
  }));
});
