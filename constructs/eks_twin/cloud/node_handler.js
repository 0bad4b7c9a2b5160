// Runs one Node function as it is: `node node_handler.js FOLDER`, with the event on stdin; the answer is the last line of
// stdout. Node's own permissions keep it off files and programs; of the network they know nothing, so that is kept here:
// it reaches loopback alone. A guard against what ordinary code does, not a jail.
'use strict';
const dgram = require('node:dgram');
const dns = require('node:dns');
const fs = require('node:fs');
const module_ = require('node:module');
const net = require('node:net');
const programs = require('node:child_process');

function refuse(what) {
  throw Object.assign(new Error(what), { code: 'EACCES' });
}

function isLoopback(host) {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function refuseHost(host) {
  if (!isLoopback(host)) refuse(`functions of the twin have no network: refused '${host}'`);
}

function before(object, names, check) {
  for (const name of names) {
    const original = object[name];
    object[name] = function checked(...words) {
      check(words);
      return original.apply(this, words);
    };
  }
}

function keepInside() {
  before(net.Socket.prototype, ['connect'], words => {
    const [{ host, path }] = Array.isArray(words[0]) ? words[0] : net._normalizeArgs(words);
    if (path) refuse(`functions of the twin have no way to other programs: refused '${path}'`);
    refuseHost(host ?? 'localhost');
  });
  const host = words => refuseHost(words.find(word => typeof word === 'string') ?? 'localhost');
  before(dgram.Socket.prototype, ['connect', 'send'], words => host(words.slice(1)));
  const queries = names => names.filter(name => /^(lookup|resolve|reverse)/.test(name));
  for (const api of [dns, dns.promises]) {
    before(api, queries(Object.keys(api)), host);
    before(api.Resolver.prototype, queries(Object.getOwnPropertyNames(api.Resolver.prototype)), host);
  }
  for (const name of ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync']) {
    programs[name] = program => refuse(`functions of the twin start no programs: refused '${program}'`);
  }
  module_.syncBuiltinESMExports();
}

async function main() {
  const event = JSON.parse(fs.readFileSync(0, 'utf8'));
  keepInside();
  // The CDK's own functions have their handler in index.js; __entrypoint__.js would send the answer to a URL.
  const answer = await require(`${process.argv[2]}/index.js`).handler(event);
  process.stdout.write(`\n${JSON.stringify(answer ?? null)}`);
}

main().catch(error => {
  console.error(error.cause ? `${error.message}: ${error.cause.message}` : error.message);
  process.exit(1);
});
