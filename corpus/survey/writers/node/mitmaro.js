const { serveWriter } = require("survey");
const { create } = require("@mitmaro/http-authorization-header");
serveWriter("@mitmaro/http-authorization-header", (scheme, params) => create(scheme, params));
