import { lazy, type ComponentType } from 'react';
import { ProblemAlert } from './problem-alert';
import { tryAgain } from './try-again';

/** The code of a part was not there: its server was away, or serves a newer build. */
export const isCodeMissing = (error: unknown): boolean =>
  error instanceof Error && /dynamically imported module|module script failed/i.test(error.message);

const reload = (): void => window.location.reload();

/** In the place of what could not be loaded. */
export function CodeMissing() {
  return (
    <ProblemAlert
      title="This part could not be loaded"
      problem={new Error('The server was away, or has been updated since the page was loaded: load the page again.')}
      onRetry={reload}
    />
  );
}

/** As React's `lazy`, for a part of a page: asked for again for some seconds, and where it cannot be loaded the page beside it stands. */
export const lazyPart = <Props extends object>(load: () => Promise<ComponentType<Props>>) =>
  lazy(async (): Promise<{ default: ComponentType<Props> }> => ({
    default: await tryAgain(load).catch(() => CodeMissing),
  }));
