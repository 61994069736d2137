import type { ErrorComponentProps } from '@tanstack/react-router';
import { Empty } from '../states/empty';
import { ProblemAlert } from '../states/problem-alert';
import { ButtonLink } from './links';

export function PageFault({ error, reset }: ErrorComponentProps) {
  return <ProblemAlert problem={error} title="This page failed" onRetry={reset} />;
}

export function NotFound() {
  return (
    <Empty title="No such page" action={<ButtonLink to="/">Go to the overview</ButtonLink>}>
      Nothing stands at this address.
    </Empty>
  );
}
