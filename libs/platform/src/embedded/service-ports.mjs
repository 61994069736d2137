import { createServer } from 'node:net';
import { answers, freePort } from './ports.mjs';
import { StartFault } from './start-fault.mjs';
import { pause } from './supervise.mjs';

const DEFAULT_PORTS = { research: 8001, trade: 8000, portfolio: 8002, web: 3000 };
const RETRY_MS = 200;

/** `'free'`: any; `'preferred'`: the usual ones where nobody listens there; an object: exactly those. */
export async function choosePorts(ports) {
  if (typeof ports === 'object') return { ...DEFAULT_PORTS, ...ports };
  const chosen = {};
  for (const [name, port] of Object.entries(DEFAULT_PORTS)) {
    const usable = ports === 'preferred' && !(await answers('127.0.0.1', port));
    do chosen[name] = usable ? port : await freePort();
    while (Object.values(chosen).filter((other) => other === chosen[name]).length > 1);
  }
  return chosen;
}

function listenError(host, port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(error.code));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

/**
 * Refuses ports that the services could not listen on, before anything is started.
 *
 * @param patienceMs how long a port that is in use may take to become free, e.g. while services of a killed launcher end
 * @param signal ends that wait
 * @throws StartFault that names the variable and says what to do
 */
export async function checkPorts(host, ports, { patienceMs = 0, signal }) {
  const deadline = Date.now() + patienceMs;
  const seen = new Map();
  for (const [name, port] of Object.entries(ports)) {
    const variable = `${name.toUpperCase()}_PORT`;
    if (port === 0) continue;
    const other = seen.get(port);
    if (other) throw new StartFault(`${other} and ${variable} must differ, were both ${port}`);
    seen.set(port, variable);
    for (;;) {
      const code = await listenError(host, port);
      if (code === undefined) break;
      if (code === 'EADDRINUSE' && Date.now() < deadline && !signal.aborted) {
        await pause(RETRY_MS, signal);
        continue;
      }
      if (code === 'EADDRINUSE')
        throw new StartFault(
          `port ${port} on ${host} is in use by another program: stop that one, or set ${variable} to a free port`,
        );
      if (code === 'EACCES')
        throw new StartFault(`port ${port} is not open to this user: set ${variable} to a port from 1024 on`);
      throw new StartFault(`nothing can listen on ${host} (${code}): set HOST to an address of this machine`);
    }
  }
}
