// The engine's sources: the Pulumi CLI as it is published to the Go module proxy.
module engine

go 1.26.6

require (
	github.com/pulumi/pulumi/pkg/v3 v3.276.0
	github.com/pulumi/pulumi/sdk/v3 v3.276.0
)

// Pulumi's own go.mod asks for this replacement, which Go honours in the main module only.
replace github.com/atotto/clipboard => github.com/tgummerer/clipboard v0.0.0-20241001131231-d02d263e614e
