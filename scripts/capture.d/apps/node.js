// Applications of npm. usage: node node.js MODULES NAME PORT, where MODULES is a folder with node_modules.
'use strict';
const path = require('path');
const [, , modules, name, port] = process.argv;
const use = (id) => require(require.resolve(id, { paths: [path.resolve(modules)] }));
const listen = (app) => app.listen(Number(port), '127.0.0.1');
const right = (user, password) => user === 'alice' && password === 'correct horse';

const apps = {
  'express-basic-auth': () => {
    const app = use('express')();
    const users = { alice: 'correct horse' };
    app.get('/challenge', use('express-basic-auth')({ users, challenge: true, realm: 'Staff "inner" only' }), (q, r) => r.send('in'));
    app.get('/nochallenge', use('express-basic-auth')({ users }), (q, r) => r.send('in'));
    listen(app);
  },
  'passport-http': () => {
    const app = use('express')();
    const passport = use('passport');
    const { BasicStrategy, DigestStrategy } = use('passport-http');
    passport.use(new BasicStrategy({ realm: 'Users "x"' }, (u, p, done) => done(null, right(u, p) && { u })));
    passport.use(new DigestStrategy({ qop: 'auth' }, (u, done) => done(null, { u }, 'correct horse')));
    app.get('/basic', passport.authenticate('basic', { session: false }), (q, r) => r.send('in'));
    app.get('/digest', passport.authenticate('digest', { session: false }), (q, r) => r.send('in'));
    listen(app);
  },
  'koa-basic-auth': () => {
    const Koa = use('koa');
    const app = new Koa();
    // The handler of the README.
    app.use(async (ctx, next) => {
      try {
        await next();
      } catch (err) {
        if (err.status !== 401) throw err;
        ctx.status = 401;
        ctx.set('WWW-Authenticate', 'Basic');
        ctx.body = "can't touch that";
      }
    });
    app.use(use('koa-basic-auth')({ name: 'alice', pass: 'correct horse' }));
    listen(app);
  },
  'fastify-basic-auth': async () => {
    const app = use('fastify')();
    const validate = async (u, p) => { if (!right(u, p)) throw new Error('no'); };
    await app.register(use('@fastify/basic-auth'), { validate, authenticate: { realm: 'Fast "ify"' } });
    app.get('/', { onRequest: app.basicAuth }, async () => 'in');
    app.listen({ port: Number(port), host: '127.0.0.1' });
  },
  'fastify-bearer-auth': async () => {
    const app = use('fastify')();
    await app.register(use('@fastify/bearer-auth'), { keys: new Set(['throw-away']) });
    app.get('/', async () => 'in');
    app.listen({ port: Number(port), host: '127.0.0.1' });
  },
  'http-auth': () => {
    const auth = use('http-auth');
    const http = require('http');
    const basic = auth.basic({ realm: 'Private "area"' }, (u, p, done) => done(right(u, p)));
    const digest = auth.digest({ realm: 'Digest area' }, (u, done) => done());
    const answer = (q, r) => r.end('in');
    listen(http.createServer((q, r) => (q.url === '/digest' ? digest : basic).check(answer)(q, r)));
  },
};

apps[name]();
