import { type FieldProblem, invalid } from '@assay/primitives';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { rulesOf } from './route-rules';

/** A version may stand in the body of any route that asks for one. */
const OF_EVERY_BODY = new Set(['version']);

/**
 * Refuses what a route does not read: a parameter without effect is a mistake, not an option. Routes that declare a query or a body have
 * theirs checked field by field.
 */
@Injectable()
export class DeclaredInput implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() === 'http') refuseUnread(context);
    return next.handle();
  }
}

function refuseUnread(context: ExecutionContext): void {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  // probes of load balancers add what they like
  if (rulesOf(request).always) return;
  const declared = Object.keys(
    (Reflect.getMetadata(ROUTE_ARGS_METADATA, context.getClass(), context.getHandler().name) as object) ?? {},
  );
  const reads = (type: RouteParamtypes): boolean => declared.some((key) => key.startsWith(`${type}:`));
  const problems = [
    ...(reads(RouteParamtypes.QUERY) ? [] : unread(request.query, 'parameter')),
    ...(reads(RouteParamtypes.BODY)
      ? []
      : unread(request.body, 'field').filter(({ field }) => !OF_EVERY_BODY.has(field))),
  ];
  if (problems.length > 0) throw invalid(problems);
}

function unread(given: unknown, what: string): FieldProblem[] {
  if (typeof given !== 'object' || given === null || ArrayBuffer.isView(given)) return [];
  return Object.keys(given).map((field) => ({
    field,
    rule: 'unknown_field',
    value: null,
    message: `${field} has no effect: this request takes no ${what}s. Leave it out`,
  }));
}
