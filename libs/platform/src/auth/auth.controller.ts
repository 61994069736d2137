import { invalidField } from '@assay/primitives';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AuditListQuery,
  AuditListResponse,
  auditResponse,
  CreatedKeyResponse,
  CreateKeyRequest,
  KeyListQuery,
  KeyListResponse,
  keyResponse,
  MeResponse,
  SignInCodeRequest,
  SignInCodeResponse,
  TokenRequest,
  TokenResponse,
  wayIn,
} from './auth.dto';
import { AuditService } from './audit.service';
import { AuthService, TOKEN_SECONDS } from './auth.service';
import { cookieOf, credentialOf, looksLikeJwt, TOKEN_COOKIE } from './credentials';
import { KeysService } from './keys.service';
import { Owner, Public, Scopes } from './principal';
import type { AuthenticatedRequest, Principal } from './principal';
import { SCOPES } from './scopes';
import { SignInService } from './sign-in.service';

const cookie = (value: string, seconds: number, secure: boolean): string =>
  `${TOKEN_COOKIE}=${value}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${seconds}${secure ? '; Secure' : ''}`;

@ApiTags('auth')
@Controller('auth')
@Scopes()
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly keys: KeysService,
    private readonly signIns: SignInService,
    private readonly auditRows: AuditService,
  ) {}

  @Post('token')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    summary: 'A token for username and password, or for a sign-in code; also set as an httpOnly cookie',
    description: 'A code works once. Of several requests with the same code one is answered, the others are refused.',
  })
  @ApiOkResponse({ type: TokenResponse })
  async token(
    @Body() body: TokenRequest,
    @Req() request: FastifyRequest & AuthenticatedRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TokenResponse> {
    const { address = request.ip } = request;
    const way = wayIn(body);
    const token =
      'code' in way
        ? await this.signIns.redeem(way.code, address)
        : (await this.auth.issueToken(way.username, way.password, address)).token;
    void reply.header('set-cookie', cookie(token, TOKEN_SECONDS, request.protocol === 'https'));
    void reply.header('cache-control', 'no-store');
    return { access_token: token, token_type: 'Bearer', expires_in: TOKEN_SECONDS };
  }

  @Delete('token')
  @HttpCode(204)
  @Public()
  @ApiOperation({ summary: 'Log out: the token that was sent stops working at once, and the cookie is forgotten' })
  @ApiNoContentResponse()
  async logOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const sent = new Set([credentialOf(request), cookieOf(request)]);
    for (const token of sent) if (token && looksLikeJwt(token)) await this.auth.revokeToken(token);
    void reply.header('set-cookie', cookie('', 0, false));
  }

  @Post('sign-in-codes')
  @ApiOperation({
    summary: 'A code that signs in once, within 15 minutes: for the link that opens the pages in a browser',
    description: 'The session may do no more than the key that asks for the code, and ends with it.',
  })
  @ApiCreatedResponse({ type: SignInCodeResponse })
  async createSignInCode(@Body() body: SignInCodeRequest, @Owner() owner: Principal): Promise<SignInCodeResponse> {
    const { code, expiresAt } = await this.signIns.create(owner, body.user_id);
    return { code, expires_at: expiresAt.toISOString() };
  }

  @Get('me')
  @ApiOperation({ summary: 'Who the credential belongs to and what it may do' })
  @ApiOkResponse({ type: MeResponse })
  me(@Owner() { userId, username, role, scopes }: Principal): MeResponse {
    return { id: userId, username, role, scopes: [...scopes] };
  }

  @Post('keys')
  @ApiOperation({
    summary: 'A new API key, shown once: it may do no more than what asks for it, and ends with the key that does',
  })
  @ApiCreatedResponse({ type: CreatedKeyResponse })
  async createKey(@Body() body: CreateKeyRequest, @Owner() owner: Principal): Promise<CreatedKeyResponse> {
    const unknown = body.scopes?.find((scope) => !SCOPES.includes(scope));
    if (unknown)
      throw invalidField('scopes', 'enum', unknown, `scopes must be of ${SCOPES.join(', ')}, was ${unknown}`);
    const { row, key } = await this.keys.create(body, owner);
    return { ...keyResponse(row), key };
  }

  @Get('keys')
  @ApiOperation({ summary: 'Own API keys, without the keys themselves' })
  @ApiOkResponse({ type: KeyListResponse })
  async listKeys(@Query() query: KeyListQuery, @Owner() owner: Principal): Promise<KeyListResponse> {
    const { rows, nextCursor } = await this.keys.list(owner, query);
    return { items: rows.map(keyResponse), next_cursor: nextCursor };
  }

  @Delete('keys/:id')
  @HttpCode(204)
  @ApiOperation({
    summary:
      'Revoke an API key and all it made: own ones, or any as administrator; a key none that may do more than itself',
  })
  @ApiNoContentResponse()
  async revokeKey(@Param('id') id: string, @Owner() owner: Principal): Promise<void> {
    await this.keys.revoke(id, owner);
  }

  @Get('audit')
  @ApiOperation({
    summary:
      "What was done to access, deployments, accounts and promotions, newest first: own doing, or everybody's for administrators",
  })
  @ApiOkResponse({ type: AuditListResponse })
  async listAudit(@Query() query: AuditListQuery, @Owner() owner: Principal): Promise<AuditListResponse> {
    const { rows, nextCursor } = await this.auditRows.list(owner, query);
    return { items: rows.map(auditResponse), next_cursor: nextCursor };
  }
}
