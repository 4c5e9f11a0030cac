// Asks the process of this container whether requests should be sent to it; Docker’s health check reads the exit code.
const { TC_PORT = '8080' } = process.env;
const answer = await fetch(`http://127.0.0.1:${TC_PORT}/health/ready`, { signal: AbortSignal.timeout(4000) }).catch(
  (error) => ({ ok: false, status: error.cause?.code ?? error.name }),
);
process.stdout.write(`${answer.ok ? 'ready' : `not ready: ${answer.status}`}\n`);
process.exit(answer.ok ? 0 : 1);
