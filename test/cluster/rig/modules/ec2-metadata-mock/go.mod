// Written by test/cluster/rig/build/pin.ts from github.com/aws/amazon-ec2-metadata-mock v1.13.0; do not edit.
module spillway.test/rig/ec2-metadata-mock
go 1.23.0
require github.com/aws/amazon-ec2-metadata-mock v1.13.0
