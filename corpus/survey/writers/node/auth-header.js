const { serveWriter } = require("survey");
const { format } = require("auth-header");
serveWriter("auth-header", (scheme, params) => format({ scheme, params }));
