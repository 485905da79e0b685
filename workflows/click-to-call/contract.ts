/** Served by the connector that holds the lease of the PBX, while the PBX's AMI is there; else nobody asks for work here. */
export const pbxTaskQueue = (pbxId: string): string => `pbx-${pbxId}`;
