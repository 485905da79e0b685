import { Type } from 'typebox';

/** That, or null. */
export const nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
