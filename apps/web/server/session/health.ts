import { UPSTREAMS, type Upstream, type WebSettings } from '../web-settings';

const PATHS: Record<Upstream, string> = { research: '/api/health', trade: '/api/v1/health', portfolio: '/health' };
const LONGEST_MS = 1_500;
const FRESH_MS = 2_000;

/** `failed`: it answers, and says that it cannot work; `away`: it does not answer. */
export type ServiceState = 'ok' | 'failed' | 'away';
export type ServiceStates = Record<Upstream, ServiceState>;

/** How the services are, asked at most every two seconds whoever wants to know. */
export class ServiceHealth {
  private askedAt = -Infinity;
  private asking?: Promise<ServiceStates>;

  constructor(private readonly services: WebSettings['services']) {}

  states(): Promise<ServiceStates> {
    if (this.asking && performance.now() - this.askedAt < FRESH_MS) return this.asking;
    this.askedAt = performance.now();
    this.asking = Promise.all(UPSTREAMS.map(async (name) => [name, await this.state(name)] as const)).then(
      (states) => Object.fromEntries(states) as ServiceStates,
    );
    return this.asking;
  }

  private async state(name: Upstream): Promise<ServiceState> {
    try {
      const signal = AbortSignal.timeout(LONGEST_MS);
      const answer = await fetch(new URL(PATHS[name], this.services[name]), { signal });
      await answer.text();
      return answer.ok ? 'ok' : 'failed';
    } catch {
      return 'away';
    }
  }
}
