using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MusicRec.Catalog.Database.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class TagsAndSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Songs_Artist_Title_Id",
                table: "Songs");

            migrationBuilder.AddColumn<string>(
                name: "Album",
                table: "Songs",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Cover",
                table: "Songs",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SearchSound",
                table: "Songs",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "ImportedFiles",
                columns: table => new
                {
                    PathHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    ModifiedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    SongId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ImportedFiles", x => x.PathHash);
                    table.ForeignKey(
                        name: "FK_ImportedFiles_Songs_SongId",
                        column: x => x.SongId,
                        principalTable: "Songs",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Songs_Artist_Title_Id_Status",
                table: "Songs",
                columns: new[] { "Artist", "Title", "Id", "Status" });

            migrationBuilder.CreateIndex(
                name: "IX_ImportedFiles_SongId",
                table: "ImportedFiles",
                column: "SongId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ImportedFiles");

            migrationBuilder.DropIndex(
                name: "IX_Songs_Artist_Title_Id_Status",
                table: "Songs");

            migrationBuilder.DropColumn(
                name: "Album",
                table: "Songs");

            migrationBuilder.DropColumn(
                name: "Cover",
                table: "Songs");

            migrationBuilder.DropColumn(
                name: "SearchSound",
                table: "Songs");

            migrationBuilder.CreateIndex(
                name: "IX_Songs_Artist_Title_Id",
                table: "Songs",
                columns: new[] { "Artist", "Title", "Id" });
        }
    }
}
