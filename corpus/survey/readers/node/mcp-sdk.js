const { serve } = require("survey");
const { extractWWWAuthenticateParams } = require(
  `${process.env.NODE_PATH.split(":")[1]}/@modelcontextprotocol/sdk/dist/cjs/client/auth.js`,
);
serve("@modelcontextprotocol/sdk", (value) => {
  const { scope, error } = extractWWWAuthenticateParams({ headers: new Headers({ "WWW-Authenticate": value }) });
  return scope || error ? { params: { scope, error } } : undefined;
});
