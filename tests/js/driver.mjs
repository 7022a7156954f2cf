// Does what it is told, a line of JSON at a time, with the JavaScript SDK; answers each line with one.
//
// {"operation": "CreateSipRule", "input": {…}}        → {"output": {…}} or {"error": {…}}
// {"pages": "ListSipRules", "input": {…}, "size": 2}  → {"output": [page, …]}
// {"operation": "Invoke", "service": "lambda", …}     → the payload is text in both directions
//
// Endpoint, region and keys come from the environment, as for any program that uses the SDK.

import * as meetings from "@aws-sdk/client-chime-sdk-meetings";
import * as voice from "@aws-sdk/client-chime-sdk-voice";
import * as lambda from "@aws-sdk/client-lambda";
import readline from "node:readline";

const clients = {
  meetings: new meetings.ChimeSDKMeetingsClient({}),
  voice: new voice.ChimeSDKVoiceClient({}),
  lambda: new lambda.LambdaClient({}),
};
const modules = { meetings, voice, lambda };

async function run({ operation, pages, service = "voice", input, size }) {
  const client = clients[service];
  const module = modules[service];
  if (pages) {
    const output = [];
    for await (const page of module[`paginate${pages}`]({ client, pageSize: size }, input)) {
      output.push(plain(page));
    }
    return { output };
  }
  const Command = module[`${operation}Command`];
  if (!Command) throw new Error(`the SDK has no ${operation}`);
  return { output: plain(await client.send(new Command(input))) };
}

function plain({ $metadata, ...output }) {
  const result = { ...output, $status: $metadata.httpStatusCode, $id: $metadata.requestId };
  if (output.Payload) result.Payload = Buffer.from(output.Payload).toString();
  return result;
}

function described(error) {
  const known = Object.values(modules).some((module) => {
    const type = module[error.name];
    return typeof type === "function" && error instanceof type;
  });
  return {
    name: error.name,
    message: error.message,
    status: error.$metadata?.httpStatusCode ?? null,
    attempts: error.$metadata?.attempts ?? null,
    typed: known,
    code: error.Code ?? null,
  };
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = await run(JSON.parse(line));
  } catch (error) {
    answer = { error: described(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
