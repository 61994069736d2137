/** Why a start cannot succeed whatever is repeated; the text says what to do. Shown as one line, without a stack trace. */
export class StartFault extends Error {
  name = 'StartFault';
}

/** Exit code of a process that cannot start as it is configured. Also in `libs/platform/src/http/start-fault.ts`. */
export const EXIT_CONFIGURATION = 78;
/** Exit code of a process that could not start because a server was away. Also in `libs/platform/src/http/start-fault.ts`. */
export const EXIT_UNAVAILABLE = 75;
