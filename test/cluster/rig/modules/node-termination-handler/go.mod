// Written by test/cluster/rig/build/pin.ts from github.com/aws/aws-node-termination-handler v1.25.6; do not edit.
module spillway.test/rig/node-termination-handler
go 1.25
require github.com/aws/aws-node-termination-handler v1.25.6
