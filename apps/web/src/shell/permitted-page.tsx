import { Outlet, useMatches } from '@tanstack/react-router';
import { may, useSession } from '../session/session';
import { Empty } from '../states/empty';
import { Page } from './page';

/** The page of the address, or in its place what right it needs, before anything is filled in that would be refused. */
export function PermittedPage() {
  const session = useSession();
  const matches = useMatches();
  const { title = 'This page', needs } = matches.at(-1)?.staticData ?? {};
  if (needs === undefined || may(session, needs)) return <Outlet />;
  return (
    <Page title={title}>
      <Empty title="Not with these rights">
        It needs the right {needs}: ask an administrator for a role that has it.
      </Empty>
    </Page>
  );
}
