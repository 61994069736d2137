import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { KeyListQuery, UserResponse } from './auth.dto';
import type { Principal } from './principal';
import { Owner, Scopes } from './principal';
import { ChangeUserRequest, CreateUserRequest, ListedUserResponse, UserListResponse, userResponse } from './user.dto';
import { UsersService } from './users.service';

@ApiTags('auth')
@Controller('auth/users')
@Scopes('admin')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Post()
  @ApiOperation({ summary: 'A new user' })
  @ApiCreatedResponse({ type: UserResponse })
  async create(@Body() body: CreateUserRequest, @Owner() owner: Principal): Promise<UserResponse> {
    const { id, username, role } = await this.users.create(body, owner);
    return { id, username, role };
  }

  @Get()
  @ApiOperation({ summary: 'All users, newest first, for administrators' })
  @ApiOkResponse({ type: UserListResponse })
  async list(@Query() query: KeyListQuery): Promise<UserListResponse> {
    const { rows, nextCursor } = await this.users.list(query);
    return { items: rows.map(userResponse), next_cursor: nextCursor };
  }

  @Patch(':id')
  @ApiOperation({
    summary: 'Disable a user, or enable it again',
    description:
      'From the next request on nothing lets a disabled user in: no password, session or key, nor a key that was made with those. ' +
      'What it has deployed goes on. Sessions end for good; keys work again once it is enabled.',
  })
  @ApiOkResponse({ type: ListedUserResponse })
  async change(
    @Param('id') id: string,
    @Body() body: ChangeUserRequest,
    @Owner() owner: Principal,
  ): Promise<ListedUserResponse> {
    return userResponse(await this.users.setDisabled(id, body.disabled, owner));
  }
}
