import type { ReactNode } from 'react';
import type { components } from '../../api/generated/research';
import { problemFrom } from '../../api/problem';
import { Empty } from '../../states/empty';
import { ProblemAlert } from '../../states/problem-alert';

interface Props {
  run: components['schemas']['ValidationRunDto'] | null;
  name: string;
  children: (result: Record<string, unknown>) => ReactNode;
}

/** Whether a run is under way. */
export const isOpen = (run: Props['run']): boolean =>
  run !== null && (run.status === 'queued' || run.status === 'running');

/** The result of a validation, or why there is none. */
export function RunState({ run, name, children }: Props) {
  if (!run) return <Empty title={`No ${name} yet`}>Run it above: it takes seconds to minutes.</Empty>;
  if (run.status === 'failed') {
    return <ProblemAlert problem={problemFrom(500, run.error)} title={`The newest ${name} failed`} />;
  }
  if (run.status === 'canceled') return <Empty title="Stopped">The newest {name} was stopped before its end.</Empty>;
  if (!run.result)
    return (
      <Empty title="Not there yet">
        The newest {name} is {run.status}.
      </Empty>
    );
  return <>{children(run.result)}</>;
}
