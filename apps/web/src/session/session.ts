import { queryOptions, useQuery } from '@tanstack/react-query';
import { csrfToken, setCsrfToken } from '../api/csrf';
import { problemFrom, unreachable } from '../api/problem';
import { tellTabs } from './tabs';

/** Who is signed in. The cookie that proves it is httpOnly: no script can read it. */
export interface Session {
  user: string;
  role: string;
  scopes: readonly string[];
  csrf: string;
  expires_at: string;
}

export type Credentials = { username: string; password: string } | { code: string };

async function ask(init?: RequestInit): Promise<Response> {
  try {
    return await fetch('/session', { credentials: 'same-origin', ...init });
  } catch {
    throw unreachable(init?.method === 'DELETE');
  }
}

async function sessionOf(response: Response): Promise<Session> {
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw problemFrom(response.status, body);
  const session = body as Session;
  setCsrfToken(session.csrf);
  return session;
}

/** The session, or null where nobody is signed in. */
export async function currentSession(): Promise<Session | null> {
  const response = await ask();
  if (response.status === 401) {
    setCsrfToken(null);
    return null;
  }
  return sessionOf(response);
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: currentSession,
  staleTime: Infinity,
  refetchInterval: false,
});

/** @throws ApiProblem when refused */
export async function signIn(credentials: Credentials): Promise<Session> {
  const response = await ask({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  });
  const opened = await sessionOf(response);
  tellTabs();
  return (await currentSession()) ?? opened;
}

export async function signOut(): Promise<void> {
  const response = await ask({ method: 'DELETE', headers: { 'x-csrf-token': csrfToken() ?? '' } });
  if (!response.ok && response.status !== 401) {
    throw problemFrom(response.status, await response.json().catch(() => undefined), true);
  }
  setCsrfToken(null);
  tellTabs();
}

/** The session of a page: pages are drawn only while somebody is signed in. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  if (!data) throw new Error('a page was drawn without a session');
  return data;
}

/** Whether the session may do what needs `scope`. */
export const may = (session: Session, scope: string): boolean =>
  session.scopes.includes(scope) || session.scopes.includes('admin');
