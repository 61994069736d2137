import { ConfigurationError } from '@assay/persistence';
import { isOutage } from '../problem/outage';

/** Exit code of a process that cannot start as it is configured: starting it again does not help. Known to the launcher. */
const EXIT_CONFIGURATION = 78;
/** Exit code of a process that could not start because a server was away: starting it again may help. Known to the launcher. */
const EXIT_UNAVAILABLE = 75;
const EXIT_UNKNOWN = 1;

export interface StartFault {
  /** One line that says what to do, where the cause is known. */
  message: string;
  exitCode: number;
  /** Its stack trace says something to somebody. */
  unexpected: boolean;
}

interface Thrown extends Error {
  code?: string;
  syscall?: string;
  address?: string;
  port?: number;
  path?: string;
}

/** The server's refusals of the user, the password and the database in DB_URL. */
const DATABASE_REFUSALS = new Set(['28000', '28P01', '3D000', '42501']);
const FILE_FAULTS = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR', 'ENOENT']);

const permanent = (message: string): StartFault => ({ message, exitCode: EXIT_CONFIGURATION, unexpected: false });

/** Why a process could not start. @param portVariable the setting of the port it listens on */
export function startFault(thrown: unknown, portVariable = 'its port'): StartFault {
  const error = (thrown instanceof Error ? thrown : new Error(String(thrown))) as Thrown;
  const { code = '', syscall, address, port, path } = error;
  if (error instanceof ConfigurationError) return permanent(error.message);
  if (syscall === 'listen' || syscall === 'bind') {
    if (code === 'EADDRINUSE') {
      return permanent(
        `port ${port} on ${address} is in use by another program: stop that one, or set ${portVariable} to a free port`,
      );
    }
    if (code === 'EACCES') {
      return permanent(`port ${port} is not open to this user: set ${portVariable} to a port from 1024 on`);
    }
    return permanent(`nothing can listen on ${address ?? 'HOST'} (${code}): set HOST to an address of this machine`);
  }
  if (DATABASE_REFUSALS.has(code)) return permanent(`DB_URL is refused by the database server: ${error.message}`);
  if (FILE_FAULTS.has(code) && path !== undefined) {
    return permanent(
      `${path} cannot be used (${code}): make it a place of this user, or set ASSAY_DATA_DIR to another`,
    );
  }
  if (isOutage(error)) {
    return {
      message: `a server that is needed does not answer: ${error.message || code}`,
      exitCode: EXIT_UNAVAILABLE,
      unexpected: false,
    };
  }
  return { message: error.message, exitCode: EXIT_UNKNOWN, unexpected: true };
}
