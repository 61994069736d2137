import type { ErrorComponentProps } from '@tanstack/react-router';
import { Empty } from '../states/empty';
import { CodeMissing, isCodeMissing } from '../states/lazy-part';
import { ProblemAlert } from '../states/problem-alert';
import { ButtonLink } from './links';
import { Page } from './page';

export function PageFault({ error, reset }: ErrorComponentProps) {
  // the router keeps what it could not fetch
  if (isCodeMissing(error)) return <CodeMissing />;
  return <ProblemAlert problem={error} title="This page failed" onRetry={reset} />;
}

export function NotFound() {
  return (
    <Page title="No such page">
      <Empty title="Nothing stands at this address" action={<ButtonLink to="/">Go to the overview</ButtonLink>}>
        It may have been written wrong, or the page has another address now.
      </Empty>
    </Page>
  );
}
