const { serve } = require("survey");
const { parsers } = require("www-authenticate");
serve("www-authenticate", (value, field) => {
  const { err, scheme, parms } = field.endsWith("Info")
    ? new parsers.Authentication_Info(value)
    : new parsers.WWW_Authenticate(value);
  return err ? undefined : { scheme: field.endsWith("Info") ? undefined : scheme, params: parms };
});
