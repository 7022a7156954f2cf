'use strict';
// Switchhook's runtime client for Node: asks the Lambda Runtime API for events and gives them to the handler.
// No dependencies, any Node from 16 on, CommonJS and ES modules.

const fs = require('fs');
const http = require('http');
const path = require('path');
const { pathToFileURL } = require('url');

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const root = process.env.LAMBDA_TASK_ROOT || process.cwd();
const agent = new http.Agent({ keepAlive: true, maxSockets: 1, keepAliveMsecs: 60000 });

function request(method, operation, body, headers, connection = agent) {
  return new Promise((resolve, reject) => {
    const options = { host, port, method, agent: connection, path: `/2018-06-01/runtime/${operation}`, headers: headers || {} };
    if (body !== undefined) {
      options.headers['Content-Type'] = 'application/json';
      options.headers['Content-Length'] = Buffer.byteLength(body);
    }
    const sent = http.request(options, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.setNoDelay(true);
    sent.end(body);
  });
}

function describe(error) {
  if (error instanceof Error || (error && typeof error === 'object' && typeof error.message === 'string')) {
    const stack = typeof error.stack === 'string' ? error.stack.split('\n').map((line) => line.trim()) : [];
    return { errorType: error.name || 'Error', errorMessage: String(error.message), trace: stack };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}

function post(operation, error, connection) {
  const description = describe(error);
  return request('POST', operation, JSON.stringify(description), {
    'Lambda-Runtime-Function-Error-Type': String(description.errorType).replace(/[^\x20-\x7e]/g, '?'),
  }, connection);
}

class RuntimeError extends Error {
  constructor(name, message) {
    super(message);
    this.name = name;
  }
}

// `src/app.handlers.main` is `handlers.main` of `src/app.js`: the file name ends at the first dot.
function split(handler) {
  const base = path.basename(handler);
  const dot = base.indexOf('.');
  if (dot <= 0 || dot === base.length - 1) {
    throw new RuntimeError('Runtime.MalformedHandlerName', `Bad handler ${JSON.stringify(handler)}: expected file.function`);
  }
  const folder = handler.slice(0, handler.length - base.length);
  return { file: path.resolve(root, folder, base.slice(0, dot)), names: base.slice(dot + 1).split('.') };
}

function isModule(file) {
  if (file.endsWith('.mjs')) return true;
  if (!file.endsWith('.js')) return false;
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const description = path.join(folder, 'package.json');
    if (fs.existsSync(description)) return JSON.parse(fs.readFileSync(description, 'utf8')).type === 'module';
    if (folder === path.dirname(folder)) return false;
  }
}

async function load(handler) {
  const { file, names } = split(handler);
  const found = ['.js', '.mjs', '.cjs', ''].map((suffix) => file + suffix)
    .find((candidate) => fs.existsSync(candidate) && fs.statSync(candidate).isFile());
  if (!found) {
    throw new RuntimeError('Runtime.ImportModuleError', `Cannot find module '${path.relative(root, file)}' in ${root}`);
  }
  let loaded;
  if (isModule(found)) {
    loaded = await import(pathToFileURL(found).href);
  } else {
    loaded = require(found);
  }
  const pick = (from) => names.reduce((object, name) => (object == null ? undefined : object[name]), from);
  const picked = pick(loaded) || pick(loaded.default);
  if (picked === undefined) {
    throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  }
  if (typeof picked !== 'function') {
    throw new RuntimeError('Runtime.HandlerNotFound', `${handler} is not a function`);
  }
  return picked;
}

function parse(text) {
  return text ? JSON.parse(text) : undefined;
}

function makeContext(headers, finish) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    clientContext: parse(headers['lambda-runtime-client-context']),
    identity: undefined,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    done: (error, result) => finish(error, result),
    succeed: (result) => finish(null, result),
    fail: (error) => finish(error === undefined || error === null ? 'handled' : error),
  };
}

// The outcome of one event, by promise, by callback or by a plain return value.
function run(handler, event, headers) {
  return new Promise((resolve, reject) => {
    const finish = (error, result) => {
      process.removeListener('beforeExit', nothingLeft);
      if (error !== undefined && error !== null) reject(error);
      else resolve(result);
    };
    // A handler that returned nothing and has nothing left to wait for will never call back.
    const nothingLeft = () => finish(null, null);
    const returned = handler(event, makeContext(headers, finish), finish);
    if (returned && typeof returned.then === 'function') {
      process.on('beforeExit', nothingLeft);
      returned.then((result) => finish(null, result), (error) => finish(error === undefined || error === null ? 'undefined' : error));
    } else if (returned !== undefined) {
      finish(null, returned);
    } else {
      process.on('beforeExit', nothingLeft);
    }
  });
}

async function main() {
  let current;
  let dying = false;
  const die = async (error) => {
    if (dying) return;
    dying = true;
    console.error(error);
    try {
      // A connection of its own: the kept one may be busy with a hanging `next`.
      await post(current ? `invocation/${current}/error` : 'init/error', error, false);
    } catch (unreachable) {
      console.error(unreachable);
    }
    process.exit(1);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);

  const handler = await load(process.env._HANDLER || '');
  for (;;) {
    const next = await request('GET', 'invocation/next');
    if (next.status !== 200) process.exit(0);
    const id = next.headers['lambda-runtime-aws-request-id'];
    current = id;
    let answer;
    try {
      const result = await run(handler, JSON.parse(next.body.toString('utf8')), next.headers);
      answer = JSON.stringify(result === undefined ? null : result);
      if (answer === undefined) answer = 'null';
    } catch (error) {
      console.error(error);
      if (dying) return;
      await post(`invocation/${id}/error`, error);
      current = undefined;
      continue;
    }
    if (dying) return;
    current = undefined;
    await request('POST', `invocation/${id}/response`, answer);
  }
}

main().catch(async (error) => {
  console.error(error);
  try {
    await post('init/error', error);
  } catch (unreachable) {
    console.error(unreachable);
  }
  process.exit(1);
});
