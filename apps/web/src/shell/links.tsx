import { Anchor, Button, NavLink } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLink, useRouter } from '@tanstack/react-router';
import { forwardRef, type ComponentPropsWithoutRef } from 'react';
import { may, sessionQuery } from '../session/session';

const AnchorBase = forwardRef<HTMLAnchorElement, ComponentPropsWithoutRef<typeof Anchor<'a'>>>((props, ref) => (
  <Anchor ref={ref} fz="inherit" {...props} />
));
AnchorBase.displayName = 'AnchorBase';
const ButtonBase = forwardRef<HTMLAnchorElement, ComponentPropsWithoutRef<typeof Button<'a'>>>((props, ref) => (
  <Button component="a" ref={ref} {...props} />
));
ButtonBase.displayName = 'ButtonBase';
const NavBase = forwardRef<HTMLAnchorElement, ComponentPropsWithoutRef<typeof NavLink<'a'>>>((props, ref) => (
  <NavLink component="a" ref={ref} {...props} />
));
NavBase.displayName = 'NavBase';

/** Links of the router that look like Mantine's: `to` is checked against the routes. */
export const PageLink = createLink(AnchorBase);
const LinkedButton = createLink(ButtonBase);
export const NavigationLink = createLink(NavBase);

interface NeedingRoute {
  options: { staticData?: { needs?: string } };
}

/** As `PageLink`, as a button; not drawn where it would lead to a page that the session has no right to. */
export const ButtonLink = ((props: { to: string }) => {
  const router = useRouter();
  const { data: session } = useQuery(sessionQuery);
  const routes = router.routesByPath as Readonly<Record<string, NeedingRoute | undefined>>;
  const needs = routes[props.to]?.options.staticData?.needs;
  if (needs !== undefined && session && !may(session, needs)) return null;
  return <LinkedButton {...(props as { to: '/' })} />;
}) as typeof LinkedButton;
