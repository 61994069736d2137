/** What travels between the pool and a worker thread. */
export interface TaskRequest {
  id: number;
  task: string;
  payload: unknown;
}

/** An error as data: class instances lose their prototype and own fields on the way between threads. */
export interface TaskError {
  name: string;
  message: string;
  stack?: string;
  facts: Record<string, unknown>;
}

export type TaskReply =
  | { id: number; kind: 'progress'; fraction: number; message?: string }
  | { id: number; kind: 'result'; result: unknown }
  | { id: number; kind: 'error'; error: TaskError };

/** Name, message and every own field (such as `code` and `errors` of a domain error). */
export function describeError(thrown: unknown): TaskError {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown), facts: {} };
  const facts: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(thrown)) {
    if (key !== 'name' && key !== 'message' && key !== 'stack' && typeof value !== 'function') facts[key] = value;
  }
  return { name: thrown.name, message: thrown.message, stack: thrown.stack, facts };
}

/** An Error with the same name, message and fields, so that callers that look at `name` and `code` see no difference. */
export function reviveError({ name, message, stack, facts }: TaskError): Error {
  const error = Object.assign(new Error(message), facts);
  error.name = name;
  if (stack !== undefined) error.stack = stack;
  return error;
}
